// Reads a JSON list of calendars and answers what ical.js makes of each: its components, and the instants of its events.
// Zones are those that the calendar itself brings: ical.js knows no other than UTC.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));

function instant(time) {
  if (time === null) return null;
  return time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

function told(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const inside = (component) => component.getAllSubcomponents().flatMap((one) => [one.name, ...inside(one)]);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
      starts: instant(event.startDate),
      ends: instant(event.endDate),
      zone: event.startDate.isDate ? "" : event.startDate.zone.tzid,
    };
  });
  return { components: inside(calendar).sort(), events };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(told)));
