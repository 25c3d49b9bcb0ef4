/** Networks to start from, as float layers. */
package io.fixlane.autograd.models;
