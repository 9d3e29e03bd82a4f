//! What is shared: findings and flags in words, tables and chart columns.
//!
//! A *view* is plain data ready to leave the core: [`Timeline`], [`DoseResponse`], [`Adherence`] and
//! the others mirror `src/wasm/types.d.ts` field by field. Numbers of a chart stand in columns
//! ([`Column`]), which the boundary hands over as typed arrays; every sentence was worded by
//! [`Words`] from the catalogue `locale/en.json`. No sentence stands anywhere else.
//!
//! Each entry point takes the diary, what it is [`AsOf`] and the words, and reads no clock.

mod adherence;
mod as_of;
mod association;
mod change_point;
mod concern;
mod dose_card;
mod equivalents;
mod exposure;
mod fair_trial;
mod finding;
mod flags;
mod help;
mod instruments;
mod item_strip;
mod journey;
mod lag;
mod lanes;
mod leaflet;
mod medicines;
mod named;
mod outcome;
mod phases;
mod plain;
mod questionnaires;
mod relapse_watch;
mod schedule;
mod sensitive;
mod side_effects;
mod tables;
mod timeline;
mod today;
mod treatment_response;
mod trial_design;
mod visit;
mod wording;

pub use adherence::{
    Adherence, BesideGaps, Covered, Initiation, LongestGap, Persistence, adherence,
};
pub use as_of::AsOf;
pub use association::{Associations, HunchView, associations};
pub use change_point::ChangePoint;
pub use concern::{Concern, ConcernOptions, StoppingView, concern};
pub use dose_card::{Curve, DoseLevel, DoseResponse, Note, dose_response};
pub use equivalents::{EquivalenceView, EquivalentView, equivalents};
pub use exposure::{Between, Exposure, HalfLife, exposure};
pub use fair_trial::{FairTrial, fair_trials};
pub use finding::{Finding, WindowView};
pub use flags::{DismissedView, FlagView, Flags, NotCheckedView, check, flags};
pub use help::{
    Help, HelpContact, HelpOptions, HelpedView, PlanPartView, SafetyPlanView, TeamView, help,
};
pub use instruments::{AnswerOption, Difficulty, InstrumentView, instruments};
pub use item_strip::{ItemStrip, StripItem, StripPhaseView, item_strip};
pub use journey::{DueView, Journey, NextView, StandingView, journey};
pub use lag::{LagStrip, LagView, lag_strip};
pub use lanes::{DoseLane, Mark, SideEffectSpan, SideEffectStrip, StepMark};
pub use leaflet::{LeafletPartView, LeafletView, leaflet};
pub use medicines::{
    InjectionView, MedicineMatch, MedicineView, ScheduleView, StepView, UsualDose,
    medicine_matches, medicines,
};
pub use outcome::{Outcome, SeverityBand, outcomes};
pub use phases::PhaseRow;
pub use plain::Column;
pub use questionnaires::{
    QuestionnaireSet, QuestionnaireView, Questionnaires, Score, questionnaires, score,
};
pub use relapse_watch::{AlarmView, RelapseWatch, SignView, WatchedView, relapse_watch};
pub use sensitive::Part;
pub use side_effects::{
    AfterFallView, DechallengeView, EffectView, OnDoseView, SideEffects, side_effects,
};
pub use tables::{
    MedicineKind, SideEffectName, TablesView, medicine_kinds, side_effect_names, tables,
};
pub use timeline::{OutcomeLane, SmoothLine, Timeline, TimelineOptions, timeline, timeline_again};
pub use today::{DueAssessment, Today, TodayDose, today};
pub use treatment_response::{
    BaselineView, ExpectedView, LatestView, RuleView, TreatmentResponse, treatment_response,
};
pub use trial_design::{PlanView, TrialDesign, trial_design};
pub use visit::{Line, Section, VisitOptions, VisitReport, visit_report};
pub use wording::Words;
