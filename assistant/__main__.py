"""The program's entry: every error becomes one short paragraph and an exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from assistant.interrupt import ends_in_order

    with ends_in_order():
        sys.exit(_run())


def _run() -> int:
    import typer

    from assistant.cli.speech import language_of, spoken
    from assistant.errors import EonayError, UsageError
    from assistant.log import configure_log
    from assistant.outcome import USAGE_ERROR

    configure_log()
    language = language_of(sys.argv[1:])

    try:
        from assistant.cli.app import app

        code: int | None = app(prog_name="eonay", standalone_mode=False)
    except typer.TyperException as error:
        print(f"eonay: {spoken(error, language)}", file=sys.stderr)  # noqa: T201 (the last resort of the command line)
        return USAGE_ERROR
    except UsageError as error:
        print(f"eonay: {error.told(language)}", file=sys.stderr)  # noqa: T201 (the last resort of the command line)
        return USAGE_ERROR
    except EonayError as error:
        reason = error.reason(language)
        detail = f" {error.detail}" if error.detail and language == "tr" else ""
        print(f"eonay: {reason.what}{detail} {reason.remedy} [{error.code}]", file=sys.stderr)  # noqa: T201
        return reason.outcome.exit_code
    except KeyboardInterrupt:
        reason = EonayError("person_stopped").reason(language)
        print(f"eonay: {reason.what} {reason.remedy}", file=sys.stderr)  # noqa: T201
        return reason.outcome.exit_code
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 (a stack trace is never a message; the log has it)
        from loguru import logger

        logger.opt(exception=error).debug("unexpected error")
        reason = EonayError("internal_error").reason(language)
        print(f"eonay: {reason.what} {reason.remedy} [{reason.code}, {type(error).__name__}]", file=sys.stderr)  # noqa: T201
        return reason.outcome.exit_code
    return code or 0


if __name__ == "__main__":
    main()
