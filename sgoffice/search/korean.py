"""Korean names as their bearers write them in Latin letters: 이명박 is Lee Myung-bak. Pure functions of text."""

import re

#: A family name and two syllables.
_NAME = re.compile("[\uac00-\ud7a3]{3}")
#: Family names that are mostly written otherwise than they are transliterated.
_FAMILIES = {
    "강": "kang", "고": "ko", "구": "koo", "국": "kook", "권": "kwon", "길": "kil", "김": "kim", "노": "roh",
    "도": "do", "류": "ryu", "문": "moon", "박": "park", "배": "bae", "부": "boo", "선": "sun", "성": "sung",
    "송": "song", "신": "shin", "심": "shim", "어": "eo", "여": "yeo", "우": "woo", "유": "yoo", "윤": "yoon",
    "이": "lee", "임": "lim", "전": "chun", "정": "chung", "제": "je", "조": "cho", "주": "joo", "최": "choi",
    "허": "hur",
}  # fmt: skip
#: Syllables of given names, likewise.
_SYLLABLES = {
    "경": "kyung", "국": "kook", "균": "kyun", "근": "keun", "기": "ki", "녀": "nyo", "대": "dae", "동": "dong",
    "룡": "ryong", "명": "myung", "무": "moo", "병": "byung", "빈": "bin", "상": "sang", "선": "sun", "성": "sung",
    "수": "soo", "숙": "sook", "순": "soon", "승": "seung", "연": "yeon", "영": "young", "오": "oh", "옥": "ok",
    "용": "yong", "우": "woo", "운": "woon", "정": "jung", "주": "joo", "준": "joon", "중": "joong", "현": "hyun",
    "형": "hyung", "호": "ho", "훈": "hoon", "희": "hee",
    "낙": "nak", "덕": "duk", "박": "bak", "석": "suk", "직": "jik", "택": "taek", "혁": "hyuk", "득": "deuk",
}  # fmt: skip


def korean_name_in_latin(word: str) -> str:
    """Return a word of three syllables that begins with a family name as a name; every other word as it is."""
    if not _NAME.fullmatch(word) or word[0] not in _FAMILIES:
        return word
    return " ".join([_FAMILIES[word[0]], *(_SYLLABLES.get(sign, sign) for sign in word[1:])])
