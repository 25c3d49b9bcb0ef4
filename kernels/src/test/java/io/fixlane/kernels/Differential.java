package io.fixlane.kernels;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Marks properties that hold plans against the reference: the Maven profile {@code hardening} runs
 * them with more tries than a build does.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("property")
@AddLifecycleHook(MoreTries.class)
@interface Differential {}
