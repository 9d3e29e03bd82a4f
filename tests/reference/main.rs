//! The tables of `reference`: sound, scored as published, and searchable.

mod clashes;
mod leaflets;
mod medicines;
mod review;
mod scoring;
mod tables;
