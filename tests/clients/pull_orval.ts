// A partner's copy, kept by the functions that orval generated.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import axios, { type AxiosResponse } from "axios";
import { oauthToken, partnerAttachmentContent, partnerChanges, partnerSnapshot } from "./register.js";
import type { ChangesPage, Line } from "./register.js";

const limit = 25;
const copy = new Map<string, Line>();
const ops: string[] = [];

function store(page: ChangesPage): ChangesPage {
  for (const line of page.changes) {
    ops.push(line.op);
    if (line.op === "upsert") copy.set(line.id, line);
    else copy.delete(line.id);
  }
  return page;
}

function isInStep(digest: ChangesPage["digest"]): boolean {
  const own = new Map<string, bigint>();
  for (const line of copy.values()) {
    own.set(line.kind, ((own.get(line.kind) ?? 0n) + BigInt("0x" + line.digest)) % 2n ** 64n);
  }
  return !!digest && digest.length === own.size && digest.every((one) => own.get(one.kind) === BigInt("0x" + one.hash));
}

const say = (told: object) => console.log(JSON.stringify(told));

axios.defaults.baseURL = process.env.REGISTER!;
const token = await oauthToken({
  grant_type: "client_credentials",
  client_id: process.env.CLIENT_ID!,
  client_secret: process.env.CLIENT_SECRET!,
});
axios.defaults.headers.common.Authorization = `Bearer ${token.data.access_token}`;

async function snapshot(cursor?: string): Promise<ChangesPage> {
  const answer = await partnerSnapshot<AxiosResponse<ChangesPage>>({ limit, format: "json", cursor });
  return store(answer.data);
}

async function changes(cursor: string): Promise<ChangesPage> {
  const answer = await partnerChanges<AxiosResponse<ChangesPage>>({ cursor, limit, digest: true });
  return store(answer.data);
}

let page = await snapshot();
while (page.has_more) page = await snapshot(page.cursor);
say({ records: copy.size, kinds: [...new Set([...copy.values()].map((line) => line.kind))].sort() });
for await (const _ of createInterface({ input: process.stdin })) break;
let isWhole = false;
for (const line of copy.values()) {
  if (line.schema !== "attachment/1" || !line.document) continue;
  const file = await partnerAttachmentContent<AxiosResponse<ArrayBuffer>>(line.document.id, { responseType: "arraybuffer" });
  isWhole = createHash("sha256").update(new Uint8Array(file.data)).digest("hex") === line.document.sha256;
}
ops.length = 0;
page = await changes(page.cursor);
while (page.has_more) page = await changes(page.cursor);
say({
  upserts: ops.filter((op) => op === "upsert").length,
  withdrawn: ops.filter((op) => op === "withdrawn").length,
  in_step: isInStep(page.digest),
  text: isWhole,
});
