/** Training: the learning rate schedules of recipes, epochs, and the choice of the best epoch. */
package org.bagnetlab.vision.training;
