package dev.presage.local.cli;

/** What the exit codes mean. The help of every command shows the same list. */
final class ExitCode {

  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int BAD_INPUT = 4;
  static final int HELD_BACK = 5;

  private ExitCode() {}
}
