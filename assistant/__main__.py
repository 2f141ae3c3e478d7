"""The entry point: every error becomes one short paragraph and an exit code."""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__" and sys.platform != "win32":
    # Before any other import: block these signals until we can handle them.
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT))


_CLEARING_S = 2.0
"""How long we try to remove our files once we have given up ending cleanly."""


def main() -> None:
    """Run the command line and exit with its code."""
    from assistant.base.interrupt import ends_in_order, is_end_asked

    with ends_in_order(_give_up):
        code = _run()
        if is_end_asked():
            # If Ctrl+C came during any exec("…"), and dataclasses use it, Python kills itself with SIGINT on exit and
            # our exit code is lost. The next exec makes it forget (CPython, run_eval_code_obj).
            exec("")  # noqa: S102
    sys.exit(code)


def _run() -> int:
    try:
        from assistant.base.interrupt import hear, hold_interrupts

        try:
            hear()
            code = _command()
        finally:
            hold_interrupts()  # first we say how it ended
    except KeyboardInterrupt:
        return _last_words()
    except Exception as error:  # noqa: BLE001 (we never show a stack trace; the log has it)
        import click

        from assistant.base.answer import complain, known_outcome
        from assistant.base.errors import EonayError, UsageError
        from assistant.base.outcome import USAGE_ERROR
        from assistant.cli.speech import language_of, spoken

        if known_outcome():  # only something after the outcome failed
            return _last_words()
        if isinstance(error, click.Abort):  # that is how click reports Ctrl+C
            return _last_words()
        language = language_of(sys.argv[1:])
        if isinstance(error, UsageError):
            return complain("usage_error", error.told(language), "", USAGE_ERROR)
        if isinstance(error, EonayError):
            reason = error.reason(language)
            detail = f" {error.detail}" if error.detail and language == "tr" else ""
            return complain(error.code, f"{reason.what}{detail}", reason.remedy, reason.outcome.exit_code, error.code)
        if isinstance(error, OSError) and error.filename is not None:
            from assistant.base.trouble import why

            reason = EonayError("file_trouble").reason(language)
            what = f"{reason.what} ({error.filename!s}: {why(error, language)})"
            return complain(reason.code, what, reason.remedy, reason.outcome.exit_code, reason.code)
        if isinstance(error, click.ClickException):
            return complain("usage_error", spoken(error, language), "", USAGE_ERROR)
        from loguru import logger

        logger.opt(exception=error).debug("unexpected error")
        reason = EonayError("internal_error").reason(language)
        hint = f"{reason.code}, {type(error).__name__}"
        return complain(reason.code, reason.what, reason.remedy, reason.outcome.exit_code, hint)
    return code


def _command() -> int:
    from assistant.base.answer import begin
    from assistant.base.log import configure_log
    from assistant.base.surroundings import stand_firm
    from assistant.base.trouble import write_whatever_happens

    begin()
    write_whatever_happens()
    stand_firm()
    configure_log()

    from assistant.cli.app import app

    code: int | None = app.main(prog_name="eonay", standalone_mode=False)
    return code or 0


def _give_up() -> int:
    """Say how a command ended whose cleanup hangs, remove what it can of its files, and return its exit code."""
    from threading import Thread

    from assistant.base.answer import known_outcome
    from assistant.base.workplace import abandon

    code = _last_words()
    clearing = Thread(target=abandon, kwargs={"is_told": known_outcome() is not None}, daemon=True)
    clearing.start()
    clearing.join(_CLEARING_S)  # a disk may hang too
    return code


def _last_words() -> int:
    """Say how an interrupted command ended, and return its exit code."""
    from assistant.base.answer import complain, known_outcome
    from assistant.base.errors import EonayError
    from assistant.cli.speech import language_of

    if known := known_outcome():
        sys.stdout.write(known[0])
        sys.stdout.flush()
        return known[1]
    reason = EonayError("person_stopped").reason(language_of(sys.argv[1:]))
    return complain(reason.code, reason.what, reason.remedy, reason.outcome.exit_code)


if __name__ == "__main__":
    main()
