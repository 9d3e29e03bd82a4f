//! The tables of `reference`: sound, scored as published, searchable, and as they were collected.

mod clashes;
mod collected;
mod leaflets;
mod medicines;
mod review;
mod samples;
mod scoring;
mod tables;
