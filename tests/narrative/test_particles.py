"""Korean particles fit the sound before them, whatever it is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.narrative.particles import fit_particles

CASES = [
    # Hangul
    ("부산[은/는]", "부산은"), ("제주[은/는]", "제주는"), ("서울[이/가]", "서울이"),
    ("대구[이/가]", "대구가"),
    ("인천[을/를]", "인천을"), ("파리[을/를]", "파리를"), ("런던[과/와]", "런던과"),
    ("리마[과/와]", "리마와"),
    ("부산[으로/로]", "부산으로"), ("제주[으로/로]", "제주로"), ("서울[으로/로]", "서울로"),
    ("빌[으로/로]", "빌로"),
    # either order is read
    ("부산[는/은]", "부산은"), ("제주[가/이]", "제주가"), ("서울[로/으로]", "서울로"),
    ("리마[와/과]", "리마와"),
    # what drops its 이 after a vowel, and what takes another form
    ("‘있음’[이라고/라고]", "‘있음’이라고"), ("‘아니요’[이라고/라고]", "‘아니요’라고"),
    ("서울[지만/이지만]", "서울이지만"), ("파리[이었던/였던]", "파리였던"), ("가/나", "가/나"), ("[이것/저것]", "[이것/저것]"),
    # digits, as they are read aloud
    ("0[은/는]", "0은"), ("1[이/가]", "1이"), ("2[이/가]", "2가"),
    ("3[을/를]", "3을"), ("4[은/는]", "4는"), ("5[와/과]", "5와"),
    ("6[은/는]", "6은"), ("7[은/는]", "7은"), ("8[은/는]", "8은"),
    ("9[은/는]", "9는"), ("10[은/는]", "10은"), ("20[이/가]", "20이"),
    ("100[을/를]", "100을"), ("1,000[은/는]", "1,000은"), ("10,000[은/는]", "10,000은"),
    ("2020[은/는]", "2020은"), ("2024[은/는]", "2024는"),
    ("1[으로/로]", "1로"), ("7[으로/로]", "7로"), ("8[으로/로]", "8로"),
    ("6[으로/로]", "6으로"), ("10[으로/로]", "10으로"),
    ("2.5[은/는]", "2.5는"), ("3.6[은/는]", "3.6은"), ("1,000,000,000,000[은/는]", "1,000,000,000,000는"),
    ("52%[이/가]", "52%가"),
    # Latin letters: names by their ending, abbreviations letter by letter
    ("Busan[은/는]", "Busan은"), ("Lima[은/는]", "Lima는"), ("Seoul[으로/로]", "Seoul로"),
    ("Boston[과/와]", "Boston과"),
    ("Boulder[은/는]", "Boulder는"), ("Seattle[으로/로]", "Seattle로"), ("Wellington[이/가]", "Wellington이"),
    ("Denver[을/를]", "Denver를"),
    ("OECD[은/는]", "OECD는"), ("KTX[은/는]", "KTX는"), ("ITN[은/는]", "ITN은"),
    ("KPL[으로/로]", "KPL로"), ("Umeå[은/는]", "Umeå는"),
    # brackets and quotation marks are not heard
    ("부산(BUSAN)[은/는]", "부산(BUSAN)은"), ("포틀랜드(메인주)[은/는]", "포틀랜드(메인주)는"),
    ("“시장실”[으로/로]", "“시장실”로"),
    ("‘교통·이동성’[을/를]", "‘교통·이동성’을"),
    ("도시의 과반(85개 중 44개, 52%)[이/가]", "도시의 과반(85개 중 44개, 52%)이"),
    ("(부산)[은/는]", "(부산)은"),
    # markup is not heard either
    ('<a href="x">부산</a>[은/는]', '<a href="x">부산</a>은'), ("<b>제주</b>[으로/로]", "<b>제주</b>로"),
    # nobody can know
    ("釜山[은/는]", "釜山은(는)"), ("Москва[으로/로]", "Москва(으)로"), ("[은/는]", "은(는)"),
    # the word for a year
    ("2020[년] 조사", "2020년 조사"), ("<b>2020</b>[년] 조사", "<b>2020</b>년 조사"), ("2018, 2020[년]", "2018, 2020년"),
    ("2020[년][은/는]", "2020년은"), ("3차[년] 조사", "3차 조사"), ("w2020[년]", "w2020"), ("2020-2[년]", "2020-2"),
    ("2020년[년] 조사", "2020년 조사"), ("12020[년]", "12020"), ("[년]", ""),
    # no particle
    ("[a/b] [1] [은/을]", "[a/b] [1] [은/을]"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), CASES)
def test_a_particle_fits_what_stands_before_it(written: str, said: str) -> None:
    assert fit_particles(written) == said


def test_what_stood_before_the_words_counts_too() -> None:
    assert fit_particles("[은/는] 크고 [은/는] 작다", "부산") == "은 크고 는 작다"


@given(st.text(max_size=40))
def test_text_without_particles_is_never_changed(text: str) -> None:
    assert fit_particles(text.replace("[", "(")) == text.replace("[", "(")


@given(st.text(alphabet="가각갈나난날0123456789abcXYZ ()%[]은는/", max_size=30), st.text(max_size=10))
def test_any_text_can_be_fitted_and_is_then_done(text: str, before: str) -> None:
    done = fit_particles(text, before)
    assert fit_particles(done, before) == done or "[" in done
