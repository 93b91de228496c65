package org.pingrecorder.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
        packages = "org.pingrecorder.agent",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_POINT_ONE_WAY =
            slices().matching("org.pingrecorder.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK =
            noClasses()
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule PINGING_KNOWS_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .resideInAPackage("org.pingrecorder.agent.timetable..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.micronaut..", "org.slf4j..", "picocli..");
}
