"""Sentences of the register in French: whole or not at all."""

from datetime import date

import pytest
from django.utils import translation

from sgoffice.languages.sentences import said, translated
from sgoffice.languages.words import days_in_words, partial_date_in_words

N = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Bilateral meeting", "Réunion bilatérale"),
        ("in force", "en vigueur"),
        ("Austria", "Autriche"),
        ("1 May 2010", "1er mai 2010"),
        ("Signed on 3 May 2010; how it enters into force is not recorded, so whether it is in force is not known.",
         f"Signé le 3 mai 2010{N}; la manière dont il entre en vigueur n’est pas enregistrée, et on ignore donc s’il est en vigueur."),  # noqa: E501 - one sentence
        ("In force since 1 May 2010 (not verified); notice of termination was given on 2 June 2014 by Austria.",
         f"En vigueur depuis le 1er mai 2010 (non vérifié){N}; accord dénoncé le 2 juin 2014 par l’Autriche."),
        ("Give notice by 3 May 2027 or the agreement renews for 5 years on 3 November 2027.",
         "Dénoncez l’accord le 3 mai 2027 au plus tard, sinon il est reconduit pour 5 ans le 3 novembre 2027."),
        ("No approval by the Council is recorded: if it was given, record it; if not, the agreement waits for it.",
         f"Aucune approbation par Council n’est enregistrée{N}: si elle a été donnée, enregistrez-la{N}; sinon, l’accord l’attend."),  # noqa: E501 - one sentence
        ("Enters into force on signature by both, or on 1 May 2012; no signature by Japan or notification by France is recorded.",  # noqa: E501 - one sentence
         f"Entre en vigueur à la signature par les deux parties, ou le 1er mai 2012{N}; ni la signature par le Japon ni la notification par la France ne sont enregistrées."),  # noqa: E501 - one sentence
        ("Not known: interpol.int states that it is in force, but gives no date.",
         f"Non connu{N}: interpol.int indique qu’il est en vigueur, sans donner de date."),
        ("Not known: renewed on 2 May 2010 or before, until when is not recorded.",
         f"Non connu{N}: reconduit le 2 mai 2010 ou avant, jusqu’à une date non enregistrée."),
        ("Not known: last attested in force in 2018 by sadc.int.",
         f"Non connu{N}: attesté pour la dernière fois en vigueur en 2018 par sadc.int."),
        ("In force since 24 August 2009; lapse on 31 December 2023, which is only inferred.",
         f"En vigueur depuis le 24 août 2009{N}; caducité le 31 décembre 2023, ce qui n’est que déduit."),
        ("Signature was authorized on 29 May 2014 by Japan; no signature is recorded; whether it has entered into force since is not known.",  # noqa: E501 - one sentence
         f"Signature autorisée le 29 mai 2014 par le Japon{N}; aucune signature n’est enregistrée{N}; on ignore s’il est entré en vigueur depuis."),  # noqa: E501 - one sentence
        ("Jürgen Stock holds the post. Anna Bauer acts for the holder.",
         "Jürgen Stock occupe le poste. Anna Bauer assure l’intérim du titulaire."),
        ("Answer the request by 3 May 2027: Signed by the Minister",
         f"Répondre à la demande le 3 mai 2027 au plus tard{N}: Signed by the Minister"),
    ],
)  # fmt: skip
def test_sentences_are_said_in_french(english, french):
    with translation.override("fr"):
        assert said(english) == french
    with translation.override("en"):
        assert said(english) == english


@pytest.mark.parametrize(
    "english",
    [
        "The Minister met us at the airport.",
        # one clause of two is known
        "Signed on 3 May 2010; and then it snowed.",
        # the end of a name would be no name
        "Approved on 3 May 2010 by INTERPOL, on a whim.",
        # one sentence of two is known
        "Jürgen Stock holds the post. Nobody minds.",
    ],
)
def test_what_is_not_wholly_known_stays_as_it_is(english):
    with translation.override("fr"):
        assert translated(english, "fr") is None
        assert said(english) == english


def test_dates_are_written_as_the_language_writes_them():
    with translation.override("fr"):
        assert days_in_words(date(2026, 12, 7), date(2026, 12, 8)) == "7 au 8 décembre 2026"
        assert days_in_words(date(2026, 11, 30), date(2026, 12, 1)) == "30 novembre au 1er décembre 2026"
        shown = [partial_date_in_words(text) for text in ("2026-12-01", "2026-12", "196X~", "2026-12-07/2026-12-08")]
        assert shown == ["1er décembre 2026", "décembre 2026", "vers les années 1960", "7 au 8 décembre 2026"]
    with translation.override("en"):
        assert days_in_words(date(2026, 12, 7), date(2026, 12, 8)) == "7–8 December 2026"


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Austria", "l’Autriche"), ("Japan", "le Japon"), ("France", "la France"), ("Cuba", "Cuba"),
        ("the Netherlands", "les Pays-Bas"), ("the United Kingdom", "le Royaume-Uni"), ("Mexico", "le Mexique"),
        ("Guinea-Bissau", "la Guinée-Bissau"), ("Sierra Leone", "la Sierra Leone"), ("South Korea", "la Corée du Sud"),
        ("the United States", "les États-Unis"), ("INTERPOL", "INTERPOL"),
        ("the General Assembly", "l’Assemblée générale"), ("the United Nations", "les Nations Unies"),
        ("the UN Economic and Social Council", "le Conseil économique et social des Nations Unies"),
        ("the Office of Somebody", "Office of Somebody"),
    ],
)  # fmt: skip
def test_who_did_something_has_the_article_of_french(english, french):
    with translation.override("fr"):
        assert said(f"Notice of termination was given on 2 June 2014 by {english}") == (
            f"Accord dénoncé le 2 juin 2014 par {french}"
        )
