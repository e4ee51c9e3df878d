/** Data sets of users: checking, importing and opening of folders and zip files of images. */
package org.bagnetlab.vision.dataset.imported;
