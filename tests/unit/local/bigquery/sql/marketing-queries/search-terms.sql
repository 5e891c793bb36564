SELECT LOWER(TRIM(term)) AS term, COUNT(*) AS searches
FROM (SELECT REGEXP_EXTRACT_ALL(page, r'[?&]q=([^&#]*)') AS terms FROM events), UNNEST(terms) AS term
GROUP BY 1 HAVING term <> '' ORDER BY searches DESC, term
