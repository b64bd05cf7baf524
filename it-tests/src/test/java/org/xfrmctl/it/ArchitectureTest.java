package org.xfrmctl.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds what docs/ARCHITECTURE.md says of the modules. */
class ArchitectureTest {
    private static final String ROOT = "org.xfrmctl.";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.xfrmctl");

    @Test
    void looksAtEveryModule() {
        for (String module : Set.of("model", "netlink", "datapath", "manager", "cli")) {
            assertThat(classes.stream().filter(resideInAPackage(ROOT + module + "..")))
                    .as("classes of " + module)
                    .isNotEmpty();
        }
    }

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy(ROOT + "model..")
                .layer("netlink")
                .definedBy(ROOT + "netlink..")
                .layer("datapath")
                .definedBy(ROOT + "datapath..")
                .layer("manager")
                .definedBy(ROOT + "manager..")
                .layer("cli")
                .definedBy(ROOT + "cli..")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("netlink")
                .mayOnlyAccessLayers("model")
                .whereLayer("datapath")
                .mayOnlyAccessLayers("model", "netlink")
                .whereLayer("manager")
                .mayOnlyAccessLayers("model", "netlink")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void nativeCodeStandsInOnePackage() {
        noClasses()
                .that(not(resideInAPackage(ROOT + "netlink.sys..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai.jffi..")
                .check(classes);
    }

    @Test
    void librariesReadFilesInOnePackage() {
        noClasses()
                .that(resideInAnyPackage(ROOT + "model..", ROOT + "netlink..", ROOT + "datapath.."))
                .and(not(resideInAPackage(ROOT + "model.definition..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "org.yaml..")
                .because("docs/LIBRARIES.md lets others leave these libraries out")
                .check(classes);
    }

    @Test
    void decidingIsPure() {
        noClasses()
                .that(resideInAnyPackage(
                        ROOT + "model",
                        ROOT + "model.mtu",
                        ROOT + "manager.compile..",
                        ROOT + "manager.plan..",
                        ROOT + "datapath.esp..",
                        ROOT + "datapath.ipcomp..",
                        ROOT + "datapath.replay..",
                        ROOT + "datapath.crypto..",
                        ROOT + "datapath.wire.."))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Instant.class, Thread.class, java.nio.file.Files.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(classes);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .that()
                .resideOutsideOfPackage(ROOT + "netlink.uapi..")
                .should()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .check(classes);
    }
}
