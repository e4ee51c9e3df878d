/**
 * Users' data sets: checking and importing folders and zip files of images, and opening imported
 * data sets.
 */
package org.bagnetlab.vision.dataset.imported;
