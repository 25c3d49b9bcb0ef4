/** What every fixed-point operation computes, on exact integers, one value at a time. */
package io.fixlane.reference;
