/**
 * A store keeps one person's entries between visits.
 */
export {};
