@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Pester hands variables from BeforeAll to It, which the rule cannot see.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
