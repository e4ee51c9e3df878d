/** SQL statements for annotations of jobs. */
package org.bagnetlab.storage.annotation;
