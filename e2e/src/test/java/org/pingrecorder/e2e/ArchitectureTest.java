package org.pingrecorder.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules and packages: one way, no circles. */
@AnalyzeClasses(packages = "org.pingrecorder", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String OURS = "org.pingrecorder..";
    private static final String WIRE = "org.pingrecorder.wire..";
    private static final String ICMP = "org.pingrecorder.icmp..";
    private static final String ONEOFF = "org.pingrecorder.oneoff..";
    private static final String AGENT = "org.pingrecorder.agent..";
    private static final String RECORDER = "org.pingrecorder.recorder..";
    private static final String TESTNET = "org.pingrecorder.testnet..";

    @ArchTest
    static final ArchRule launcher_pointsToNothingOfOurs =
            pointsOnlyTo("org.pingrecorder.launcher..");

    @ArchTest static final ArchRule wire_pointsToNothingOfOurs = pointsOnlyTo(WIRE);

    @ArchTest static final ArchRule icmp_pointsToNothingOfOurs = pointsOnlyTo(ICMP);

    @ArchTest static final ArchRule testnet_pointsToNothingOfOurs = pointsOnlyTo(TESTNET);

    @ArchTest static final ArchRule oneoff_pointsToIcmpAndWire = pointsOnlyTo(ONEOFF, ICMP, WIRE);

    @ArchTest
    static final ArchRule agent_pointsToOneoffIcmpAndWire = pointsOnlyTo(AGENT, ONEOFF, ICMP, WIRE);

    @ArchTest
    static final ArchRule recorder_pointsToOneoffIcmpAndWire =
            pointsOnlyTo(RECORDER, ONEOFF, ICMP, WIRE);

    @ArchTest
    static final ArchRule icmp_needsNothingButTheJdk =
            noClasses()
                    .that()
                    .resideInAPackage(ICMP)
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(ICMP, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule nativeCode_staysInItsPackages =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("org.pingrecorder.icmp.linux..", TESTNET)
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.foreign.Linker");

    @ArchTest
    static final ArchRule packages_areFreeOfCircles =
            slices().matching("org.pingrecorder.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_areNamedAfterFeatures =
            noClasses()
                    .that()
                    .resideInAPackage(OURS)
                    .should()
                    .resideInAnyPackage(
                            "..common..",
                            "..util..",
                            "..utils..",
                            "..core..",
                            "..service..",
                            "..dto..",
                            "..impl..",
                            "..helper..");

    private static ArchRule pointsOnlyTo(String module, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = module;
        System.arraycopy(others, 0, allowed, 1, others.length);
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS).and(resideOutsideOfPackages(allowed)));
    }
}
