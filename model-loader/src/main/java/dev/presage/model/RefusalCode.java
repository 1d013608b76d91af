package dev.presage.model;

/** Why a model was refused; {@code docs/models.md} has the cure of each. */
public enum RefusalCode {
  /** The record's key is not {@code <trait>/<version>} of the artefact. */
  KEY_MISMATCH,
  /** The payload has more bytes than the limit. */
  PAYLOAD_TOO_LARGE,
  /** Another limit on size or shape is exceeded: features, golden rows, trees, nodes, depth. */
  LIMIT_EXCEEDED,
  /** The payload's SHA-256 is not the artefact's checksum. */
  CHECKSUM_MISMATCH,
  /** Keys are configured here, and the artefact is not signed. */
  SIGNATURE_MISSING,
  /** The signature is not one over this artefact by a key that is configured here. */
  SIGNATURE_INVALID,
  /** The canary share is not a number from 0 to 1. */
  INVALID_CANARY_SHARE,
  /** The model was trained on a feature schema that is not served here. */
  FINGERPRINT_MISMATCH,
  /** The payload is not a document of its kind, or lacks something that every such model has. */
  UNREADABLE,
  /** The payload is a good model of a sort that this version cannot score. */
  UNSUPPORTED,
  /** A tree has a node that cannot be: out of range, reached twice, not a number. */
  MALFORMED_TREE,
  /** The model's features are not those of its feature schema. */
  FEATURE_MISMATCH,
  /** The artefact asks for a class or for iterations that the model does not have. */
  INVALID_PARAMETER,
  /** There is no row to verify the model with. */
  NO_GOLDEN_ROWS,
  /** A golden row is not predicted as its trainer saw it. */
  GOLDEN_ROW_MISMATCH,
  /** A fault of this version while it looked at the record, which says nothing of the model. */
  INTERNAL_ERROR
}
