<#
.SYNOPSIS
    Writes what the Security log of this computer tells of sessions to a CSV or EVTX file.

.DESCRIPTION
    For computers where no program may be placed. The CSV has the fifteen columns of SessionSentry's collector; its times say
    their offset, and the file is UTF-8, so that it reads the same everywhere. Needs an elevated Windows PowerShell 5.1 or later.

.PARAMETER DaysBack
    How many days back; 30 unless told.

.PARAMETER IncludeSystem
    Accounts of the system too.

.PARAMETER OutputPath
    The file to write; user_activity_logs.csv, or .evtx with -Evtx, in the current folder unless told.

.PARAMETER Evtx
    Exports the events themselves by wevtutil instead of writing a CSV.

.PARAMETER ShowExamples
    Prints examples and ends.

.PARAMETER Help
    Prints this help and ends.

.EXAMPLE
    .\Collector.ps1 7 -OutputPath C:\Temp\week.csv

.EXAMPLE
    .\Collector.ps1 -DaysBack 90 -Evtx -OutputPath C:\Temp\quarter.evtx
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateRange(1, 3650)]
    [int] $DaysBack = 30,
    [switch] $IncludeSystem,
    [string] $OutputPath = '',
    [switch] $Evtx,
    [switch] $ShowExamples,
    [switch] $Help
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

if ($Help) {
    Get-Help $PSCommandPath -Detailed
    exit 0
}
if ($ShowExamples) {
    Get-Help $PSCommandPath -Examples
    exit 0
}
# -Debug asks before each message unless this is set.
if ($PSBoundParameters.ContainsKey('Debug')) { $DebugPreference = 'Continue' }

$identity = [Security.Principal.WindowsIdentity]::GetCurrent()
$principal = New-Object Security.Principal.WindowsPrincipal($identity)
if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    Write-Warning 'Only an administrator may read the Security log: start PowerShell by "Run as administrator".'
    exit 1
}

$words = @{
    4624 = 'Login'; 4625 = 'LoginFailed'; 4634 = 'Logoff'; 4647 = 'UserInitiatedLogoff'
    4648 = 'ExplicitLogin'; 4672 = 'TokenElevated'; 4778 = 'SessionReconnected'; 4779 = 'SessionDisconnected'
    4800 = 'WorkstationLocked'; 4801 = 'WorkstationUnlocked'; 4802 = 'ScreensaverOn'; 4803 = 'ScreensaverOff'
}
$logonTypes = @{
    '2' = 'Interactive'; '3' = 'Network'; '4' = 'Batch'; '5' = 'Service'; '7' = 'Unlock'
    '8' = 'NetworkCleartext'; '9' = 'NewCredentials'; '10' = 'RemoteInteractive'; '11' = 'CachedInteractive'
}
$columns = 'Timestamp', 'EventType', 'EventId', 'Username', 'Domain', 'LogonId', 'LinkedLogonId', 'WorkstationName',
    'IPAddress', 'LogonType', 'SessionName', 'Status', 'FailureReason', 'IsElevated', 'SecurityId'

if ($OutputPath -eq '') {
    if ($Evtx) { $OutputPath = 'user_activity_logs.evtx' } else { $OutputPath = 'user_activity_logs.csv' }
}
# Relative to where PowerShell is, which is not where the process is.
$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)

$ids = ($words.Keys | Sort-Object | ForEach-Object { "EventID=$_" }) -join ' or '
$milliseconds = [long] $DaysBack * 86400000
$query = "*[System[($ids) and TimeCreated[timediff(@SystemTime) <= $milliseconds]]]"

if ($Evtx) {
    & wevtutil.exe epl Security $target "/q:$query" /ow:true
    if ($LASTEXITCODE -ne 0) {
        Write-Warning "wevtutil ended with $LASTEXITCODE."
        exit 1
    }
    Write-Output "The events of the last $DaysBack days are in $target."
    exit 0
}

function Get-Fields([System.Diagnostics.Eventing.Reader.EventRecord] $record) {
    $fields = @{}
    foreach ($data in ([xml] $record.ToXml()).Event.EventData.ChildNodes) {
        if ($data.NodeType -eq 'Element' -and $data.HasAttribute('Name')) {
            $fields[$data.GetAttribute('Name')] = $data.InnerText
        }
    }
    return $fields
}

function Get-Value([hashtable] $fields, [string] $name) {
    if ($fields.ContainsKey($name)) { return $fields[$name] }
    return ''
}

function Get-TypeName([string] $type) {
    if ($logonTypes.ContainsKey($type)) { return $logonTypes[$type] }
    return "Unknown ($type)"
}

function Test-SystemAccount([string] $user, [string] $domain, [string] $sid) {
    if ($user -match '^(SYSTEM|NETWORK SERVICE|LOCAL SERVICE|DWM-\d+|UMFD-\d+|.*\$)$') { return $true }
    if ($domain -eq 'NT AUTHORITY') { return $true }
    # The same accounts in every language of Windows.
    return $sid -match '^S-1-5-(18|19|20|7|90-0-.*|96-0-.*)$'
}

function Get-Quoted([string] $text) {
    return '"' + ($text -replace '[\r\n]+', ' ').Replace('"', '""') + '"'
}

function Get-Row([System.Diagnostics.Eventing.Reader.EventRecord] $record, [System.Collections.Generic.HashSet[string]] $elevated) {
    $fields = Get-Fields $record
    $row = @{}
    foreach ($column in $columns) { $row[$column] = '' }
    $row['EventType'] = $words[$record.Id]
    $row['EventId'] = [string] $record.Id
    $row['Timestamp'] = ([DateTimeOffset] $record.TimeCreated).ToString('yyyy-MM-ddTHH:mm:ss.fffzzz', [Globalization.CultureInfo]::InvariantCulture)
    $row['Username'] = Get-Value $fields 'TargetUserName'
    $row['Domain'] = Get-Value $fields 'TargetDomainName'
    $row['LogonId'] = Get-Value $fields 'TargetLogonId'
    $row['SecurityId'] = Get-Value $fields 'TargetUserSid'
    foreach ($column in 'IPAddress', 'LogonType', 'Status') { $row[$column] = 'N/A' }
    switch ($record.Id) {
        4624 {
            $row['LinkedLogonId'] = Get-Value $fields 'TargetLinkedLogonId'
            $row['WorkstationName'] = Get-Value $fields 'WorkstationName'
            $row['IPAddress'] = Get-Value $fields 'IpAddress'
            $row['LogonType'] = Get-TypeName (Get-Value $fields 'LogonType')
        }
        4625 {
            $row['LogonId'] = ''
            $row['WorkstationName'] = Get-Value $fields 'WorkstationName'
            $row['IPAddress'] = Get-Value $fields 'IpAddress'
            $row['LogonType'] = Get-TypeName (Get-Value $fields 'LogonType')
            $row['Status'] = Get-Value $fields 'Status'
            $row['FailureReason'] = Get-Value $fields 'SubStatus'
        }
        4634 { $row['LogonType'] = Get-TypeName (Get-Value $fields 'LogonType') }
        4647 { $row['LogonType'] = '' }
        4648 {
            $row['LogonId'] = Get-Value $fields 'SubjectLogonId'
            $row['WorkstationName'] = Get-Value $fields 'TargetServerName'
            $row['SecurityId'] = ''
        }
        4672 {
            $row['Username'] = Get-Value $fields 'SubjectUserName'
            $row['Domain'] = Get-Value $fields 'SubjectDomainName'
            $row['LogonId'] = Get-Value $fields 'SubjectLogonId'
            $row['SecurityId'] = ''
        }
        { $_ -eq 4778 -or $_ -eq 4779 } {
            $row['Username'] = Get-Value $fields 'AccountName'
            $row['Domain'] = Get-Value $fields 'AccountDomain'
            $row['LogonId'] = Get-Value $fields 'LogonID'
            $row['SessionName'] = Get-Value $fields 'SessionName'
            $row['WorkstationName'] = Get-Value $fields 'ClientName'
            $row['SecurityId'] = ''
        }
    }
    $sid = $row['SecurityId']
    if ($sid -eq '') { $sid = Get-Value $fields 'SubjectUserSid' }
    if ($row['Username'] -eq '') { return $null }
    if (-not $IncludeSystem -and (Test-SystemAccount $row['Username'] $row['Domain'] $sid)) { return $null }
    if ($record.Id -eq 4672 -or (Get-Value $fields 'ElevatedToken') -eq '%%1842') { [void] $elevated.Add($row['LogonId']) }
    $row['IsElevated'] = [string] ($row['LogonId'] -ne '' -and $elevated.Contains($row['LogonId']))
    return ($columns | ForEach-Object { Get-Quoted $row[$_] }) -join ','
}

$elevated = New-Object 'System.Collections.Generic.HashSet[string]'
$fresh = "$target.new"
$writer = New-Object System.IO.StreamWriter($fresh, $false, (New-Object System.Text.UTF8Encoding($false)))
$count = 0
try {
    $writer.NewLine = "`r`n"
    $writer.WriteLine((($columns | ForEach-Object { Get-Quoted $_ }) -join ','))
    try {
        Get-WinEvent -LogName Security -FilterXPath $query -Oldest | ForEach-Object {
            $line = Get-Row $_ $elevated
            if ($null -ne $line) {
                $writer.WriteLine($line)
                $count++
                if ($count % 1000 -eq 0) { Write-Debug "$count events" }
            }
        }
    }
    catch {
        # An empty log is no failure.
        if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw }
    }
}
finally {
    $writer.Dispose()
}
Move-Item -LiteralPath $fresh -Destination $target -Force
Write-Output "$count events of the last $DaysBack days are in $target."
exit 0
