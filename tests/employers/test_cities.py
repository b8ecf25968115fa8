"""Cities in two scripts."""

import pytest

from app.employers import cities


@pytest.mark.parametrize(
    ("written", "key", "english", "chinese"),
    [
        ("上海", "shanghai", "Shanghai", "上海"),
        ("Shanghai", "shanghai", "Shanghai", "上海"),
        ("深圳市", "shenzhen", "Shenzhen", "深圳"),
        ("山东临沂", "linyi", "Linyi", "临沂"),
        ("xi'an", "xian", "Xi'an", "西安"),
        ("XiAn", "xian", "Xi'an", "西安"),
        ("hong kong", "hong-kong", "Hong Kong", "香港"),
        ("吉林", "jilin", "Jilin", "吉林"),
        ("苏州", "suzhou", "Suzhou", "苏州"),
        ("宿州", "suzhou-anhui", "Suzhou (Anhui)", "宿州"),
        ("朝阳", "chaoyang", "Chaoyang", "朝阳"),
        ("德清", "德清", "Deqing", "德清"),
        ("新安", "新安", "Xin'an", "新安"),
        ("São Paulo", "sao-paulo", "São Paulo", "圣保罗"),
        ("port moresby", "port-moresby", "Port Moresby", "Port Moresby"),
        ("", "", "", ""),
        ("--", "", "", ""),
    ],
)
def test_one_key_for_all_spellings_and_a_name_in_each_language(written, key, english, chinese):
    assert cities.key(written) == key
    assert cities.display(key, "en") == english
    assert cities.display(key, "zh") == chinese


@pytest.mark.parametrize(
    ("written", "found", "flags"),
    [
        ("北京/上海", ["beijing", "shanghai"], ()),
        ("成都、宁波、惠州", ["chengdu", "ningbo", "huizhou"], ()),
        ("深圳-成都-重庆", ["shenzhen", "chengdu", "chongqing"], ()),
        ("北京, 西安，北京", ["beijing", "xian"], ()),
        ("北京/remote", ["beijing"], ("no_city",)),
        ("广东", [], ("province_only",)),
        ("广西壮族自治区", [], ("province_only",)),
        ("", [], ("no_city",)),
        ("-", [], ("no_city",)),
    ],
)
def test_a_cell_of_cities(written, found, flags):
    assert cities.split(written) == (found, flags)


def test_no_two_cities_share_a_key():
    by_name, by_key = cities._tables()

    assert len(by_key) == sum(1 for _ in cities.TABLE.open(encoding="utf-8")) - 1
    assert all(by_name[chinese] == key for key, (_, chinese) in by_key.items())
