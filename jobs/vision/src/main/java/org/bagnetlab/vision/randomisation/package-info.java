/** Randomisation of weights, and its effect on the explanations of a network. */
package org.bagnetlab.vision.randomisation;
