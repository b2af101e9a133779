using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Programs;

namespace CspMigration.Simulation.Shrinking;

/// <summary>Makes a program that shows something as short as it can be while it still shows it.</summary>
internal sealed class Shrinker
{
    private readonly Func<SimulationProgram, bool> _shows;
    private int _triesLeft;

    private Shrinker(Func<SimulationProgram, bool> shows, int tries)
    {
        _shows = shows;
        _triesLeft = tries;
    }

    /// <summary>Shrinks a program by its first violation.</summary>
    /// <param name="program">The program.</param>
    /// <param name="key">The violation's <see cref="Oracle.Violation.Key"/>.</param>
    /// <param name="mutant">The fault it was found with; null for none.</param>
    public static SimulationProgram Shrink(SimulationProgram program, string key, Mutant? mutant = null)
    {
        return Shrink(program, smaller => ProgramRun.Run(smaller, mutant).Violations is [{ } first, ..] && first.Key == key);
    }

    /// <summary>Shrinks a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="shows">Whether a program still shows what is looked for.</param>
    /// <param name="tries">How many programs are run at most.</param>
    public static SimulationProgram Shrink(SimulationProgram program, Func<SimulationProgram, bool> shows, int tries = 3000) => new Shrinker(shows, tries).Shrink(program);

    // What takes away most comes first; after every success from the start, because one part may have held another.
    private SimulationProgram Shrink(SimulationProgram program)
    {
        var isSmaller = true;
        while (isSmaller && _triesLeft > 0)
        {
            isSmaller = false;
            foreach (var pass in Simplifications.Passes)
            {
                for (var index = 0; Candidate(pass, program, index) is { } candidate && _triesLeft > 0;)
                {
                    _triesLeft--;
                    if (candidate.World.IsSound && _shows(candidate))
                    {
                        program = candidate;
                        isSmaller = true;
                    }
                    else
                    {
                        index++;
                    }
                }
            }
        }

        return program;
    }

    // Candidates are made when they are asked for: after a success those of the smaller program.
    private static SimulationProgram? Candidate(Func<SimulationProgram, IEnumerable<SimulationProgram>> pass, SimulationProgram program, int index) =>
        pass(program).Skip(index).FirstOrDefault();
}
