package dev.leasehold.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;

/** Every rule; each holds for the production classes and fails for its planted fixture. */
enum Rule {
    PACKAGES_HAVE_NO_CYCLE(Packages::haveNoCycle),
    PACKAGES_FOLLOW_THE_LIST(Packages::followTheList),
    API_KNOWS_ONLY_ITSELF(Packages::apiKnowsOnlyItself),
    CLIENT_KNOWS_ONLY_ITSELF(Packages::clientKnowsOnlyItself),
    NOBODY_USES_TIMER_OR_HTTP(Packages::nobodyUsesTimerOrHttp),
    FRAMEWORK_IS_FOR_WHOEVER_IT_CALLS(Purity::frameworkIsForWhoeverItCalls),
    FAULTS_KNOW_ONE_ANNOTATION(Purity::faultsKnowOneAnnotation),
    REFUSALS_ARE_FAULTS(Purity::refusalsAreFaults),
    ONLY_HTTP_KNOWS_HTTP(Purity::onlyHttpKnowsHttp),
    COMMANDS_ARE_NAMED_BY_VERB_AND_PLURAL(root -> Commands.areNamedByVerbAndPlural()),
    COMMANDS_HAVE_ONE_SHAPE(Commands::haveOneShape),
    COMMANDS_DO_NOT_CALL_EACH_OTHER(root -> Commands.doNotCallEachOther()),
    ONE_PLACE_READS_THE_TIME(OnePlace::readsTheTime),
    ONE_PLACE_SETS_THE_STATE(OnePlace::setsTheState),
    ONE_PLACE_MAKES_EVENTS(OnePlace::makesEvents),
    NAMES_SAY_WHAT_THINGS_ARE(root -> OnePlace.namesSayWhatThingsAre());

    @SuppressWarnings("ImmutableEnumChecker") // method references, all of them
    private final Function<String, ArchRule> rule;

    Rule(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    ArchRule on(String root) {
        return rule.apply(root);
    }
}
