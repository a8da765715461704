//! A long list that states of a dossier share. It is kept in pieces: who changes an item of a copy copies one
//! piece, and a copy with the same pieces is known to be the same without a look at its items.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

/// The items of a piece. All pieces have so many, but the last.
const PIECE: usize = 128;

/// A list whose copies share what is the same.
#[derive(Clone, Debug)]
pub struct SharedVec<T> {
    pieces: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> SharedVec<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Every item, in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.pieces.iter().flat_map((|piece| piece.iter()) as Items<'_, T>)
    }

    /// Where an item is in a sorted list, or where it would be: as `<[T]>::binary_search_by`.
    pub fn search(&self, order: impl Fn(&T) -> std::cmp::Ordering) -> Result<usize, usize> {
        let number = self
            .pieces
            .partition_point(|piece| piece.last().is_some_and(|last| order(last).is_lt()));
        let before = number * PIECE;
        match self.pieces.get(number) {
            Some(piece) => piece
                .binary_search_by(order)
                .map(|at| before + at)
                .map_err(|at| before + at),
            None => Err(self.len),
        }
    }

    /// The items in which two lists of the same length differ, by pairs, where they do not share the piece:
    /// some of these may be equal. None where the lengths differ.
    pub fn unshared<'a>(&'a self, other: &'a SharedVec<T>) -> Option<impl Iterator<Item = (&'a T, &'a T)>> {
        let apart = self
            .pieces
            .iter()
            .zip(&other.pieces)
            .filter(|(one, other)| !Arc::ptr_eq(one, other));
        (self.len == other.len).then(|| apart.flat_map(|(one, other)| one.iter().zip(other.iter())))
    }
}

/// The items of a list.
pub type Iter<'a, T> =
    std::iter::FlatMap<std::slice::Iter<'a, Arc<Vec<T>>>, std::slice::Iter<'a, T>, Items<'a, T>>;
type Items<'a, T> = fn(&'a Arc<Vec<T>>) -> std::slice::Iter<'a, T>;

impl<T: Clone> SharedVec<T> {
    pub fn push(&mut self, item: T) {
        match self.pieces.last_mut().filter(|piece| piece.len() < PIECE) {
            Some(piece) => Arc::make_mut(piece).push(item),
            None => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(item);
                self.pieces.push(Arc::new(piece));
            }
        }
        self.len += 1;
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.pieces
            .iter_mut()
            .flat_map(|piece| Arc::make_mut(piece).iter_mut())
    }
}

impl<T> Default for SharedVec<T> {
    fn default() -> SharedVec<T> {
        SharedVec { pieces: Vec::new(), len: 0 }
    }
}

impl<T: PartialEq> PartialEq for SharedVec<T> {
    fn eq(&self, other: &SharedVec<T>) -> bool {
        self.unshared(other)
            .is_some_and(|mut pairs| pairs.all(|(one, other)| one == other))
    }
}

impl<T: Clone> FromIterator<T> for SharedVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> SharedVec<T> {
        let mut many = SharedVec::default();
        items.into_iter().for_each(|item| many.push(item));
        many
    }
}

impl<T: Clone> From<Vec<T>> for SharedVec<T> {
    fn from(items: Vec<T>) -> SharedVec<T> {
        items.into_iter().collect()
    }
}

impl<'a, T> IntoIterator for &'a SharedVec<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> Index<usize> for SharedVec<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.pieces[at / PIECE][at % PIECE]
    }
}

impl<T: Clone> IndexMut<usize> for SharedVec<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut Arc::make_mut(&mut self.pieces[at / PIECE])[at % PIECE]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_list(items in prop::collection::vec(0_u16..500, 0..700), wanted in 0_u16..500) {
            let many: SharedVec<u16> = items.clone().into();
            prop_assert_eq!(many.len(), items.len());
            prop_assert_eq!(many.iter().copied().collect::<Vec<_>>(), items.clone());
            prop_assert!((0..items.len()).all(|at| many[at] == items[at]));
            let mut sorted = items;
            sorted.sort_unstable();
            sorted.dedup();
            let many: SharedVec<u16> = sorted.clone().into();
            prop_assert_eq!(many.search(|item| item.cmp(&wanted)), sorted.binary_search(&wanted));
        }

        #[test]
        fn who_changes_a_copy_changes_no_other(items in prop::collection::vec(0_u16..500, 1..700),
            at in any::<prop::sample::Index>(), new in 500_u16..) {
            let many: SharedVec<u16> = items.clone().into();
            let mut copy = many.clone();
            let at = at.index(items.len());
            copy[at] = new;
            prop_assert!(many.iter().eq(&items));
            prop_assert!(copy != many);
            let differing: Vec<(u16, u16)> = many.unshared(&copy).into_iter().flatten()
                .filter(|(old, new)| old != new).map(|(old, new)| (*old, *new)).collect();
            prop_assert_eq!(differing, [(items[at], new)]);
            prop_assert!(many.unshared(&copy).into_iter().flatten().count() <= PIECE);
            copy.push(new);
            prop_assert!(many.unshared(&copy).is_none());
        }
    }
}
