/**
 * What every fixed-point operation computes, on exact integers, one value at a time. In go words of
 * any width and formats; out come the words that the standard asks for, plainly and never fast.
 * Begin with {@link io.fixlane.reference.Fixed}, and with
 * {@link io.fixlane.reference.ReferenceCast} for the modes.
 */
package io.fixlane.reference;
