use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::entry::Kind;
use super::id::EntryId;
use super::keeping::Diary;

/// Something that follows from a diary alone, such as its entries in the order of their days.
///
/// It is worked out when it is first asked for, by [`Diary::derived`], and then kept beside the
/// diary, which brings it up to date with every entry that changes. So what each view asks for is
/// worked out for none of them again, and a new entry costs that entry and not the whole diary.
pub trait Derived: Any + Send + Sync {
    /// Works it out from every entry.
    fn work_out(diary: &Diary) -> Self
    where
        Self: Sized;

    /// Brings it up to date with an entry that changed. `was` is what kind of entry stood under the
    /// identifier before, `None` where nothing did; the diary tells what stands there now. The
    /// result is what [`Self::work_out`] would give. False when only that can tell.
    fn follow(&mut self, diary: &Diary, id: EntryId, was: Option<Kind>) -> bool;
}

type AnyDerived = Arc<dyn Derived>;

/// What was derived from a diary so far, one of each type.
#[derive(Default)]
pub(super) struct DerivedSoFar(Mutex<Vec<AnyDerived>>);

impl DerivedSoFar {
    pub(super) const fn nothing() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    fn list(&self) -> MutexGuard<'_, Vec<AnyDerived>> {
        // Nothing is half done while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find<T: Derived>(&self) -> Option<Arc<T>> {
        self.list().iter().find_map(|one| {
            let one: Arc<dyn Any + Send + Sync> = AnyDerived::clone(one);
            one.downcast().ok()
        })
    }

    /// Lets each follow the changed entries, and go of those that cannot, or are still in use.
    pub(super) fn follow(&mut self, diary: &Diary, changed: &[(EntryId, Option<Kind>)]) {
        self.list().retain_mut(|one| {
            Arc::get_mut(one)
                .is_some_and(|one| changed.iter().all(|&(id, was)| one.follow(diary, id, was)))
        });
    }
}

/// A copy of a diary derives for itself.
impl Clone for DerivedSoFar {
    fn clone(&self) -> Self {
        Self::nothing()
    }
}

impl fmt::Debug for DerivedSoFar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DerivedSoFar").finish_non_exhaustive()
    }
}

impl Diary {
    /// What follows from this diary; worked out the first time.
    #[must_use]
    pub fn derived<T: Derived>(&self) -> Arc<T> {
        let so_far = self.derived_so_far();
        so_far.find().unwrap_or_else(|| {
            let new = Arc::new(T::work_out(self));
            so_far.list().push(Arc::<T>::clone(&new));
            new
        })
    }
}
