/** What a lab did in a period: the summary of a night. */
package org.bagnetlab.server.results.digest;
