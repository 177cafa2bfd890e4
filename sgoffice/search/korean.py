"""Korean names as their bearers write them in Latin letters: 이명박 is Lee Myung-bak. Pure functions of text."""

import re
import unicodedata

#: A family name and two syllables.
_NAME = re.compile("[\uac00-\ud7a3]{3}")
_GIVEN = 2  # syllables
#: Family names as they are mostly written.
_FAMILIES = {
    "강": "kang", "고": "ko", "구": "koo", "국": "kook", "권": "kwon", "김": "kim", "노": "roh", "도": "do",
    "류": "ryu", "문": "moon", "박": "park", "배": "bae", "부": "boo", "선": "sun", "성": "sung", "송": "song",
    "신": "shin", "심": "shim", "어": "eo", "여": "yeo", "우": "woo", "유": "yoo", "윤": "yoon", "이": "lee",
    "임": "lim", "전": "chun", "정": "chung", "제": "je", "조": "cho", "주": "joo", "최": "choi", "허": "hur",
    "곽": "kwak", "기": "ki", "길": "kil", "나": "na", "남": "nam", "라": "ra", "로": "ro", "마": "ma", "맹": "maeng",
    "명": "myung", "모": "mo", "민": "min", "반": "ban", "방": "bang", "백": "baek", "변": "byun", "서": "seo",
    "석": "seok", "설": "seol", "소": "so", "손": "son", "안": "ahn", "양": "yang", "엄": "um", "연": "yeon",
    "염": "yeom", "오": "oh", "온": "on", "왕": "wang", "원": "won", "은": "eun", "인": "in", "장": "jang",
    "지": "ji", "진": "jin", "차": "cha", "채": "chae", "천": "chun", "추": "choo", "탁": "tak", "태": "tae",
    "표": "pyo", "피": "pi", "하": "ha", "한": "han", "함": "ham", "현": "hyun", "홍": "hong", "황": "hwang",
}  # fmt: skip
#: Syllables of given names, likewise.
_SYLLABLES = {
    "경": "kyung", "국": "kook", "균": "kyun", "근": "keun", "기": "ki", "녀": "nyo", "대": "dae", "동": "dong",
    "룡": "ryong", "명": "myung", "무": "moo", "병": "byung", "빈": "bin", "상": "sang", "선": "sun", "성": "sung",
    "수": "soo", "숙": "sook", "순": "soon", "승": "seung", "연": "yeon", "영": "young", "오": "oh", "옥": "ok",
    "용": "yong", "우": "woo", "운": "woon", "정": "jung", "주": "joo", "준": "joon", "중": "joong", "현": "hyun",
    "형": "hyung", "호": "ho", "훈": "hoon", "희": "hee", "낙": "nak", "덕": "duk", "박": "bak", "석": "suk",
    "직": "jik", "택": "taek", "혁": "hyuk", "득": "deuk",
}  # fmt: skip


#: As above, of those that write them in another way, or by the official rules.
_OTHER_FAMILIES = {
    "강": "gang", "고": "go", "구": "gu", "권": "gwon", "김": "gim", "노": "noh", "류": "yoo", "문": "mun",
    "박": "pak", "배": "bai", "백": "paik", "변": "byun", "서": "suh", "성": "seong", "신": "sin", "심": "sim",
    "안": "ahn", "양": "yang", "어": "uh", "여": "yuh", "염": "yum", "오": "oh", "우": "u", "유": "yu", "윤": "yun",
    "이": "yi", "임": "im", "장": "chang", "전": "jeon", "정": "jeong", "조": "jo", "주": "ju", "지": "chi",
    "진": "chin", "최": "choe", "차": "chah", "허": "heo",
}  # fmt: skip
KOREAN_FAMILIES = frozenset(_FAMILIES)


def korean_name_in_latin(word: str) -> str:
    """Return a word of three syllables that begins with a family name as a name; every other word as it is."""
    if not _NAME.fullmatch(word) or word[0] not in _FAMILIES:
        return word
    return " ".join([_FAMILIES[word[0]], *(_SYLLABLES.get(sign, sign) for sign in word[1:])])


def korean_name_otherwise(word: str) -> str:
    """Return a name of three syllables as others of its family write it, by the official rules; else nothing."""
    family, *given = list(unicodedata.normalize("NFC", word) or " ")
    is_name = len(given) == _GIVEN and family in _OTHER_FAMILIES
    return " ".join([_OTHER_FAMILIES[family], *given]) if is_name else ""
