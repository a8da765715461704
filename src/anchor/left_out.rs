//! What a passage leaves out of its own sentence, or has right beside it, and what is told of that. It
//! follows from the source, the quotation as it was typed and the places where it stands.

use super::edges::bound;
use super::elision::{denied_beside, hidden, hidden_beside};
use super::found::Remark;
use crate::model::quote::Anchor;

/// Of each kind of remark the first. What denies a passage is told where nothing else was left out.
pub fn left_out(reading: &str, typed: &str, anchors: &[Anchor]) -> Vec<Remark> {
    let beside = || {
        anchors
            .iter()
            .find_map(|anchor| hidden_beside(reading, typed, anchor))
    };
    let hidden = anchors
        .iter()
        .find_map(|anchor| hidden(reading, anchor))
        .or_else(beside)
        .map(Remark::Hides);
    let bound = anchors
        .iter()
        .find_map(|anchor| bound(reading, anchor.extent()))
        .map(Remark::BoundBeside);
    let told: Vec<Remark> = bound.into_iter().chain(hidden).collect();
    if !told.is_empty() {
        return told;
    }
    let denied = anchors
        .iter()
        .find_map(|anchor| denied_beside(reading, anchor.extent()));
    denied.map(Remark::DeniedBeside).into_iter().collect()
}
