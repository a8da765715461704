//! Dates against the lists of valid and invalid EDTF that other implementations test with.

use std::collections::BTreeMap;
use std::path::PathBuf;

use casebook::model::date::Date;

/// How a message ends that knows what a text of level 2 says. Messages name neither EDTF nor its levels.
const OF_LEVEL_2: &str = "which is not read here";

type Lists = BTreeMap<String, Vec<String>>;

/// A file of the corpora, which stand beside a checkout and are no part of it; `None`, said aloud, where they
/// are absent.
fn lists(name: &str) -> Option<Lists> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let path = std::env::var_os("CASEBOOK_CORPORA")
        .map_or_else(beside, PathBuf::from)
        .join("edtf")
        .join(name);
    match std::fs::read(&path) {
        Ok(bytes) => {
            Some(serde_json::from_slice(&bytes).expect("the corpus is JSON: lists of texts by name"))
        }
        Err(_) => {
            println!("skipped: there is no {}", path.display());
            None
        }
    }
}

fn accepts(text: &str) -> bool {
    Date::parse(text).is_ok()
}

fn those<'a>(texts: impl IntoIterator<Item = &'a String>, accepted: bool) -> Vec<&'a str> {
    texts
        .into_iter()
        .map(String::as_str)
        .filter(|text| accepts(text) == accepted)
        .collect()
}

#[test]
fn every_valid_text_of_levels_0_and_1_is_a_date() {
    let Some(lists) = lists("edtf-validate-strings.json") else { return };
    for name in ["L0_Intervals", "L1_Intervals", "Level0", "Level1"] {
        assert_eq!(those(&lists[name], false), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn every_text_of_level_2_is_refused_and_called_so() {
    let Some(lists) = lists("edtf-validate-strings.json") else { return };
    for text in lists["Level2"].iter().chain(&lists["L2_Intervals"]) {
        let wrong = Date::parse(text).expect_err(text);
        assert!(wrong.reason.ends_with(OF_LEVEL_2), "{text}: {}", wrong.reason);
    }
}

#[test]
fn every_invalid_text_is_refused() {
    let Some(lists) = lists("edtf-validate-strings.json") else { return };
    for name in ["invalid_edtf_dates", "invalid_edtf_intervals", "invalid_edtf_datetimes"] {
        assert_eq!(those(&lists[name], true), Vec::<&str>::new(), "{name}");
    }
}

/// What edtf.js rejects we refuse, but for an interval of seasons: edtf-validate has such among the valid
/// ones of level 1.
#[test]
fn what_another_parser_rejects_is_refused() {
    let Some(lists) = lists("edtf-js-parser-strings.json") else { return };
    assert_eq!(those(&lists["rejected"], true), ["2012-21/2012-22"]);
}

/// What edtf.js accepts and we refuse is of level 2, or a year of fewer than four digits, which is no EDTF
/// (edtf.js reads the centuries and decades of ISO 8601).
#[test]
fn what_another_parser_accepts_is_a_date_or_of_level_2() {
    let Some(lists) = lists("edtf-js-parser-strings.json") else { return };
    for text in those(&lists["accepted"], false) {
        let reason = Date::parse(text).expect_err(text).reason;
        assert!(
            reason.ends_with(OF_LEVEL_2) || reason.ends_with("is not a year of four digits"),
            "{text}: {reason}"
        );
    }
}

#[test]
fn every_repair_of_the_lists_is_a_date() {
    for name in ["edtf-validate-strings.json", "edtf-js-parser-strings.json"] {
        let Some(lists) = lists(name) else { return };
        for text in lists.values().flatten() {
            let repairs = Date::parse(text).err().map(|wrong| wrong.repairs).unwrap_or_default();
            assert!(repairs.iter().all(|repair| accepts(repair)), "{text}: {repairs:?}");
        }
    }
}
