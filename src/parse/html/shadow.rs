//! Shadow trees that a page declares (`<template shadowrootmode>`): browsers show what is in them in the
//! place of their host, and the host's own children in their slots. The tree is changed into what is shown
//! before anything is read.

use std::collections::{BTreeMap, BTreeSet};

use super::arena::{Arena, Data, Id};

/// Which shadow tree each node was typed in, since a tree's styles are its own.
pub struct Scopes {
    /// By node; 0 is the page itself, else the number of the tree.
    of: Vec<Id>,
    hosts: BTreeMap<Id, Id>,
}

impl Scopes {
    pub fn of(&self, id: Id) -> Id {
        self.of.get(id).copied().unwrap_or(0)
    }

    /// The element that shows a shadow tree.
    pub fn host(&self, scope: Id) -> Option<Id> {
        self.hosts.get(&scope).copied()
    }
}

/// Puts every shadow tree in the place of its host's children, and these in its slots.
pub fn unfold(arena: &mut Arena) -> Scopes {
    let mut scopes = Scopes { of: vec![0; arena.nodes.len()], hosts: BTreeMap::new() };
    let shadows = std::mem::take(&mut arena.shadows);
    for &(_, tree) in &shadows {
        let below: Vec<Id> = arena.below(tree).collect();
        below.into_iter().for_each(|id| scopes.of[id] = tree);
    }
    let shown: Vec<(Id, Id, Id)> = shadows
        .into_iter()
        .filter_map(|(template, tree)| {
            let host = arena
                .parent(template)
                .filter(|&host| matches!(arena.nodes[host].data, Data::Element { .. }))?;
            Some((template, tree, host))
        })
        .collect();
    let mut hosts = BTreeSet::new();
    for (template, tree, host) in shown {
        arena.take_out(template);
        // A host has one shadow tree: the first.
        if hosts.insert(host) {
            scopes.hosts.insert(tree, host);
            fill(arena, tree, host, &scopes);
        }
    }
    scopes
}

fn fill(arena: &mut Arena, tree: Id, host: Id, scopes: &Scopes) {
    let mut slots: BTreeMap<String, Id> = BTreeMap::new();
    for id in arena
        .below(tree)
        .filter(|&id| arena.is_html(id, "slot") && scopes.of(id) == tree)
    {
        let name = arena.nodes[id].attribute("name").unwrap_or_default().to_string();
        slots.entry(name).or_insert(id);
    }
    let mut filled: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let children: Vec<Id> = arena.children(host).collect();
    for child in children {
        let name = match &arena.nodes[child].data {
            Data::Element { .. } => arena.nodes[child].attribute("slot").unwrap_or_default(),
            Data::Text(_) => "",
            Data::Document | Data::Silent => continue,
        };
        if let Some(&slot) = slots.get(name) {
            filled.entry(slot).or_default().push(child);
        }
        arena.take_out(child);
    }
    for (slot, children) in filled {
        let instead: Vec<Id> = arena.children(slot).collect();
        instead.into_iter().for_each(|id| arena.take_out(id));
        children.into_iter().for_each(|id| arena.hang(slot, id));
    }
    let shown: Vec<Id> = arena.children(tree).collect();
    shown.into_iter().for_each(|id| arena.hang(host, id));
}
