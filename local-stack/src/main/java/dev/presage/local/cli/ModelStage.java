package dev.presage.local.cli;

/** What a version can be used for. */
enum ModelStage {
  LIVE,
  CANARY,
  SHADOW
}
