"""Content files, and the sentence each wrong one gets."""

import pytest

from goldthread.content import folder
from goldthread.readers import content
from goldthread.readers.content import ContentError

REFERENCE = folder("reference")


def write(tmp_path, text: str, name: str = "some-plans.yaml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


SOURCE = (
    (REFERENCE / "sources" / "sen2-ceased.yaml")
    .read_text("utf-8")
    .replace("id: sen2-ceased", "id: some-plans")
)


def test_a_source_is_found_by_its_id(tmp_path):
    assert set(content.sources(write(tmp_path, SOURCE))) == {"some-plans"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SOURCE + "layout: ees\n", "“layout” is written twice; remove one."),
        (SOURCE + "colour: red\n", "“colour” is no known key; correct its spelling or remove it."),
        (SOURCE.replace("layout: ees", ""), "“layout” is missing; add it."),
        (SOURCE.replace("layout: ees", "layout: tall"), "“layout” is wrong: input should be 'ees'"),
        (SOURCE.replace("some-plans", "other-plans"), "give the file and the id one name."),
        ("id: [", "some-plans.yaml, line 2"),
        ("- a\n- b\n", "“the whole file” is wrong"),
        ("", "“the whole file” is wrong"),
    ],
)
def test_a_wrong_file_gets_a_sentence_with_its_name_and_what_to_do(tmp_path, text, said):
    with pytest.raises(ContentError) as error:
        content.sources(write(tmp_path, text))
    assert said in str(error.value)
    assert str(error.value).startswith("some-plans.yaml")
    assert "Traceback" not in str(error.value)


def test_every_wrong_file_is_named_at_once(tmp_path):
    write(tmp_path, "id: a\n", "a.yaml")
    write(tmp_path, "id: [\n", "b.yaml")
    with pytest.raises(ContentError) as error:
        content.sources(tmp_path)
    assert "a.yaml: “title” is missing; add it." in str(error.value)
    assert "b.yaml, line" in str(error.value)


def test_a_file_that_is_not_utf8_is_a_sentence(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"id: caf\xe9")
    with pytest.raises(ContentError, match=r"a.yaml is not UTF-8; save it as UTF-8."):
        content.sources(tmp_path)


def test_yaml_can_make_no_objects(tmp_path):
    write(tmp_path, "id: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(ContentError, match="correct the YAML"):
        content.sources(tmp_path)


def test_wording_may_be_in_several_files_but_each_rule_once(tmp_path):
    assert content.wording(tmp_path / "none") == {}
    write(tmp_path, "a.b: one\n", "one.yaml")
    write(tmp_path, "c.d: two\n", "two.yaml")
    assert content.wording(tmp_path) == {"a.b": "one", "c.d": "two"}
    write(tmp_path, "a.b: three\n", "three.yaml")
    with pytest.raises(ContentError, match=r"“a.b” is worded in another file"):
        content.wording(tmp_path)


def test_the_real_themes_and_sources_are_valid():
    assert content.themes(REFERENCE)[0].id == "demand"
    assert "sen2-caseload" in content.sources(REFERENCE / "sources")


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(ContentError, match=r"themes.yaml cannot be read: No such file"):
        content.themes(tmp_path)
