/**
 * The commands that train a network, and that evaluate one. In go images, a model and how it is to
 * be trained; out come lines of progress, checkpoints and a network file whose words are checked.
 * Begin with {@link io.fixlane.cli.train.TrainCommand}.
 */
package io.fixlane.cli.train;
