/** Training: schedules of recipes, epochs, and the choice of the best epoch. */
package org.bagnetlab.vision.training;
