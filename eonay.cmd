@echo off
rem Starts eonay from a checkout on Windows: finds Python, keeps .venv in step with the lock file, hands over.
rem Nothing here writes to standard output: that belongs to the program (see --json). The slow half is
rem assistant\setup\environment.py. No line uses a block in parentheses: a path may contain them.
setlocal EnableExtensions DisableDelayedExpansion

set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "PYTHONHOME="

rem --- what is asked for? ---
set "DEV="
set "LANGUAGE=%EONAY_LANG%"
if not defined LANGUAGE set "LANGUAGE=tr"
if /i "%~1"=="--lang" set "LANGUAGE=%~2"
if /i "%~1"=="test" set "DEV=--dev"
if /i "%~1"=="--lang" if /i "%~3"=="test" set "DEV=--dev"

rem --- is the environment as the lock file wants it? ---
set "VENV=%ROOT%\.venv"
call :ready
if not errorlevel 1 goto start

rem --- a folder that cannot be written gets its environment in the person's own folder ---
if not exist "%VENV%\" mkdir "%VENV%" >nul 2>nul
if exist "%VENV%\" goto place_known
set "VENV=%LOCALAPPDATA%\eonay\venv"
call :ready
if not errorlevel 1 goto start
:place_known

call :find_python
if errorlevel 1 goto no_python
%PYTHON% -I "%ROOT%\assistant\setup\environment.py" --language "%LANGUAGE%" %DEV% "%VENV%" <nul 1>&2
if errorlevel 1 exit /b %errorlevel%

:start
set "PYTHONPATH=%ROOT%"
"%VENV%\Scripts\python.exe" -P -m assistant %*
exit /b %errorlevel%

rem --- ready: errorlevel 0 when %VENV% was completed from the present lock files ---
:ready
if not exist "%VENV%\Scripts\python.exe" exit /b 1
fc /b "%ROOT%\requirements.lock" "%VENV%\requirements.lock" >nul 2>nul
if errorlevel 1 exit /b 1
if not defined DEV exit /b 0
fc /b "%ROOT%\requirements-dev.lock" "%VENV%\requirements-dev.lock" >nul 2>nul
exit /b %errorlevel%

rem --- find_python: sets %PYTHON%. The launcher "py" comes first: a plain "python" may be the shop's stand-in ---
:find_python
set PYTHON="%EONAY_PYTHON%"
if not defined EONAY_PYTHON goto search_python
call :usable
if not errorlevel 1 exit /b 0
:search_python
call :try "py -3"
if not errorlevel 1 exit /b 0
call :try "python"
if not errorlevel 1 exit /b 0
call :try "python3"
exit /b %errorlevel%

:try
set "PYTHON=%~1"
:usable
%PYTHON% -I -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))" <nul >nul 2>nul
exit /b %errorlevel%

rem --- the one message of this file: worded in letters that every code page has ---
:no_python
if /i "%LANGUAGE%"=="en" goto no_python_en
>&2 echo eonay: Python 3.11 veya daha yenisi gerekli. Kurulum komutu: winget install Python.Python.3.13
exit /b 6
:no_python_en
>&2 echo eonay: Python 3.11 or newer is needed. To install it: winget install Python.Python.3.13
exit /b 6
