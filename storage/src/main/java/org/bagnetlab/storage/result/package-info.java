/** The SQL of the numbers that jobs found. */
package org.bagnetlab.storage.result;
