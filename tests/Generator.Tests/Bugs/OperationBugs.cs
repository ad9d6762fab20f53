using System.Collections.Immutable;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong in scripts, in workflows, and in what people are told to type.</summary>
internal static class OperationBugs
{
    /// <summary>Files whose commands somebody runs.</summary>
    private const string Commands = @"\.sh$|\.md$|\.yml$|\.yaml$|\.hcl$|\.env\.example$|/Dockerfile";

    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B54", "`docker-compose`, which is gone", t => t.Matching(@"\bdocker-compose (?!.*\.y)", Commands)),
        new Bug.InFiles("B55", "`docker scan`, which is gone", t => t.Matching(@"\bdocker scan\b", Commands)),
        new Bug.InFiles("B56", "`docker build --parallel`, which never was", t => t.Matching(@"\bdocker build .*--parallel\b", Commands)),
        new Bug.InFiles("B57", "BuildKit switched on, where there is nothing else", t => t.Matching(@"\b(DOCKER_BUILDKIT|COMPOSE_DOCKER_CLI_BUILD)=1\b", Commands)),

        // A guide may say what not to do.
        new Bug.InFiles("B58", "a prune that deletes databases", t => t.Matching(@"^(?!.*\b[Nn]ever\b).*\b(system prune\b.*(-a|--all|--volumes)|volume prune)", Commands)),

        new Bug.WhenRun("B74", "called complete, and can be neither built nor started", "Every_node_image.Works"),

        new Bug.InFiles("B87", "a small machine builds what it runs", t => t.Matching(@"\bgit pull\b", Commands), "A_release_on_one_machine.Replaces_the_one_before_while_it_serves"),

        new Bug.InFiles("B88", "a script of the start that is not in the image, asks with what is not there, or takes words apart", t =>
            [
                .. t.Matching(@"wait-for-it|\bnc -z\b|=""\$@""|\bexec \$\w+\s*$", @"\.sh$|Dockerfile|compose"),
                .. ImageBugs.EachDockerfile(t, d =>
                    from start in d.Final.Instructions
                    where start.Keyword is "ENTRYPOINT" or "CMD"
                    from script in start.Words ?? []
                    where script.EndsWith(".sh", StringComparison.Ordinal) && !d.Final.Instructions.Any(i => i.Keyword == "COPY" && (i.Text.EndsWith($" {script}", StringComparison.Ordinal) || i.CopySources.Any(s => Path.GetFileName(s) == Path.GetFileName(script))))
                    select $"{start.Line}: {script} is not in the image"),
            ],
            "Generated_files_please_their_tools.Bash_and_shellcheck_accept_every_script"),

        new Bug.InFiles("B89", "migrations by hand, after the new release has started", t => t.Matching(@"\b(exec|run) .*\b(alembic upgrade|prisma migrate|drizzle-kit migrate|knex migrate|npm run migrate)\b", Commands),
            "The_shop_in_production.A_second_up_changes_nothing"),

        new Bug.InFiles("B91", "a Compose file in another folder, where its .env is looked for", t => t.Matching(@"\bdocker compose (?!.*--project-directory).*(-f|--file)[ =](?!\.?/?compose)\S*/\S+\.ya?ml", Commands)),

        new Bug.InFiles("B92", "a secret that looks real", t => t.Matching(@"\b(sk-[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[A-Z0-9]{16}|\d{8,10}:[A-Za-z0-9_-]{30,}|xox[bp]-[\w-]{20,}|eyJ[\w-]{20,}\.)")),
    ];
}
