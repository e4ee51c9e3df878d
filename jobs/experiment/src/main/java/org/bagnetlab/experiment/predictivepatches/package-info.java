/** Finds the patches of images that a network considers the clearest signs of each class. */
package org.bagnetlab.experiment.predictivepatches;
