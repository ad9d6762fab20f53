using DuskStack.Cli;

var terminal = Terminal.OfProcess();
try
{
    return await CommandTree.RunAsync(args, terminal);
}
catch (Exception e)
{
    if (Environment.GetEnvironmentVariable("DUSKSTACK_DEBUG") == "1")
        await terminal.Error.WriteLineAsync(e.ToString());

    terminal.Complain(e.Message.TrimEnd('.'), "if this is not about your disk, it is a bug: report it with the output of `DUSKSTACK_DEBUG=1 duskstack ...`");
    return ExitCodes.Unexpected;
}
