/** The SQL of annotations of jobs. */
package org.bagnetlab.storage.annotation;
