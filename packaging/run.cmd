@echo off
rem Runs OneLedger from a checkout: packaging\run.cmd [ARGUMENTS OF oneledger]
rem Without arguments it opens the window.
setlocal
for %%I in ("%~dp0..") do set "root=%%~fI"

set "fits=import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))"
set "python="
for %%P in ("py -3.11" "py -3.12" "py -3.13" "python" "python3") do (
    if not defined python %%~P -c "%fits%" >nul 2>nul && set "python=%%~P"
)
if not defined python goto missing

%python% "%root%\packaging\environment.py" || exit /b 1
"%root%\.venv\Scripts\oneledger.exe" %*
exit /b %errorlevel%

:missing
chcp 65001 >nul
echo Python 3.11, 3.12 or 3.13 is missing. Install it from python.org, or run:
echo     winget install Python.Python.3.11
echo 没有找到 Python 3.11、3.12 或 3.13。请从 python.org 下载安装，或执行上面的命令。
exit /b 1
