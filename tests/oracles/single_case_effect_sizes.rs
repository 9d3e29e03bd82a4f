pub(crate) fn compare(
    _: &crate::case::Case,
    _: &mut crate::check::Check,
) -> Result<(), libtest_mimic::Failed> {
    Err("not yet".into())
}
