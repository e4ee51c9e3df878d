/** Measures how well saliency maps show what a prediction depends on. */
package org.bagnetlab.experiment.faithfulness;
